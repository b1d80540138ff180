/** The servers that are compared: how each is started, and the small mains of those in Java. */
package dev.pounce.bench.peer;
