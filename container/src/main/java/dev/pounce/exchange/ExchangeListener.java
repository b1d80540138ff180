package dev.pounce.exchange;

/**
 * Learns what becomes of every exchange, of those too that are answered with an error. Called by
 * the exchange's owner, which may be a worker: must not wait and must not throw. What an exchange
 * says is valid during the call only, for a worker uses it again.
 */
public interface ExchangeListener {

    /** A request begins to be answered. */
    void started(Exchange exchange);

    /** A response is committed before it is whole; its head is on its way. */
    void streaming(Exchange exchange);

    /** An exchange is over: answered, aborted or left by its client. */
    void ended(Exchange exchange);
}
