package dev.pounce.exchange;

import dev.pounce.protocol.ResponseFields;

/**
 * Whether each write of a response is flushed, which its content type says; the answer is kept
 * until the fields change. Used again for every response of its {@link Response}, by the owner of
 * the exchange only.
 */
final class ImmediateMode {
    private final Exchange exchange;
    private final ResponseFields fields;
    private int seen;
    private boolean immediate;

    ImmediateMode(Exchange exchange, ResponseFields fields) {
        this.exchange = exchange;
        this.fields = fields;
        seen = fields.changes();
    }

    boolean isOn() {
        if (fields.changes() != seen) {
            seen = fields.changes();
            String type = fields.get("Content-Type");
            immediate = type != null && exchange.streamingSettings().immediate().matches(type);
        }
        return immediate;
    }
}
