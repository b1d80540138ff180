/** The command line: reads the configuration, starts a server, stops it on a signal. */
package dev.pounce.launcher;
