/** JMH benchmarks of parts of the server. */
package dev.pounce.bench.parts;
