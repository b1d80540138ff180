/** Load on a server in a process of its own, from clients in others. */
package dev.pounce.load;
