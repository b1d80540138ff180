package dev.pounce.servlet.model;

import org.jspecify.annotations.Nullable;

/**
 * How users prove who they are (Servlet specification, section 13.6).
 *
 * @param method the scheme: BASIC, DIGEST, FORM or CLIENT-CERT
 * @param realm the realm that a client is asked for, or null
 */
public record LoginConfig(String method, @Nullable String realm) {}
