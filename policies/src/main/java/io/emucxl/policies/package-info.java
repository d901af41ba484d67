/** Placement policies, the policy file, device profiles, and the simulator. */
package io.emucxl.policies;
