package dev.pounce.servlet.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;

import java.io.IOException;
import java.util.Collection;

/** The parts of one multipart/form-data request. */
@FunctionalInterface
public interface PartAccess {

    /** All parts. */
    Collection<Part> parts() throws IOException, ServletException;
}
