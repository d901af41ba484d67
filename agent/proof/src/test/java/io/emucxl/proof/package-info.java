/**
 * Libraries, and the tests that others wrote for them, under the packaged agent with every field
 * placed that can be, while regions move all the time.
 */
package io.emucxl.proof;
