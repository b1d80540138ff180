package dev.pounce.launcher;

/** How far the life of a server is; it goes only forward. */
enum Phase {
    STARTING,
    SERVING,
    STOPPING
}
