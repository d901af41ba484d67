/** Programs of bytecode that javac does not make, assembled for every class file version. */
package io.emucxl.agent.assembled;
