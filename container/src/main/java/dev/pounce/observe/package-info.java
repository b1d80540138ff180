/**
 * What can be seen of a running server: the access log, counters, slow requests and lifecycle
 * events. All of it hangs on {@link dev.pounce.observe.ServerObserver}, which the server tells what
 * happens; nothing here ever makes a request wait.
 */
package dev.pounce.observe;
