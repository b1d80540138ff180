/**
 * Starts servers from a list, checks their answers and measures the CPU time that each takes for a
 * request. {@code docs/benchmarks.md} says how to run it and how to read the figures.
 */
package dev.pounce.bench;
