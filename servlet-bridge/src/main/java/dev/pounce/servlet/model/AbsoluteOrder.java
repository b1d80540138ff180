package dev.pounce.servlet.model;

import java.util.List;

/**
 * The order of fragments that a web.xml lays down (Servlet specification, section 8.2.2, case 1).
 *
 * @param names names of fragments; those that are not there are passed over
 * @param othersAt the number of names before those that are not named, or -1 where these are left
 *     out
 */
public record AbsoluteOrder(List<String> names, int othersAt) {

    /** Copies; of a name that is there twice the first counts. */
    public AbsoluteOrder {
        names = List.copyOf(names);
    }
}
