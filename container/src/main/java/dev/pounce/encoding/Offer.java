package dev.pounce.encoding;

/** The codings that a server is ready to apply. Immutable; identity is always part of it. */
public final class Offer {

    /** Identity alone: what is offered while compression is off. */
    public static final Offer NONE = new Offer(0);

    private final int mask;

    private Offer(int mask) {
        this.mask = mask;
    }

    /** An offer of exactly these codings; their order says nothing. */
    public static Offer of(ContentCoding... codings) {
        int mask = 0;
        for (ContentCoding coding : codings) {
            mask |= 1 << coding.ordinal();
        }
        return new Offer(mask);
    }

    /** Whether {@code coding} is offered. */
    public boolean contains(ContentCoding coding) {
        return coding == ContentCoding.IDENTITY || (mask & 1 << coding.ordinal()) != 0;
    }

    /**
     * Whether anything but identity is offered, that is whether there is something to negotiate.
     */
    public boolean isNegotiable() {
        return (mask & ~(1 << ContentCoding.IDENTITY.ordinal())) != 0;
    }

    @Override
    public String toString() {
        StringBuilder names = new StringBuilder("Offer");
        for (ContentCoding coding : ContentCoding.values()) {
            if (contains(coding)) {
                names.append(' ').append(coding.token());
            }
        }
        return names.toString();
    }
}
