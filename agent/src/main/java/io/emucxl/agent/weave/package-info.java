/** Puts plans into force: start-up, the class transformer, the self-test. */
package io.emucxl.agent.weave;
