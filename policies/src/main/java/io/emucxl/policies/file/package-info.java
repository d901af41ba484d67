/**
 * The policy file: its keys, its reader, and what it says as records. It is read while the agent
 * starts, so the way of a good file uses no lambda, regular expression or formatter.
 */
package io.emucxl.policies.file;
