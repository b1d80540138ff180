package dev.pounce.server;

/** What becomes of a connection when an exchange gives it back. */
enum ExchangeEnd {
    /** It serves another request. */
    PERSIST,
    /** It speaks another protocol from now on. */
    UPGRADE,
    /** It is closed with care: all that was sent reaches the peer. */
    CLOSE,
    /** It is reset: what the peer has is not whole. */
    RESET
}
