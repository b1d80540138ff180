package dev.pounce.servlet.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The parts of one multipart/form-data request. */
public interface PartAccess {

    /** All parts; throws what HttpServletRequest.getParts throws. */
    Collection<Part> parts() throws IOException, ServletException;

    /** Whether the request has parts and may be asked for them; nothing is read for that. */
    boolean isExpected();

    /**
     * The parts that are parameters, in the order in which they were sent; throws what {@link
     * #parts} throws.
     *
     * @param charset that of parts that name none
     */
    List<Map.Entry<String, String>> fields(Charset charset) throws IOException, ServletException;
}
