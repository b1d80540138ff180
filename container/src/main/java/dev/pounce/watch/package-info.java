/** Watching the directory of the web applications: what was dropped, has changed or is gone. */
package dev.pounce.watch;
