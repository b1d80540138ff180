/**
 * The web application that all servlet containers run, and the contents that the other servers
 * answer with too. Its folder is put together by {@link dev.pounce.bench.peer.WebApp}; no class of
 * another package is in it.
 */
package dev.pounce.bench.app;
