/** Watches a program that runs, and finds the array fields whose bytes are worth placing. */
package io.emucxl.agent.advise;
