/**
 * A small server of HTTP/1 for the admin listener, which answers whatever comes in the listener's
 * own words and waits for nobody for long. May depend on the JDK only. Start reading at {@link
 * dev.banyan.server.http.HttpListener}.
 */
@NullMarked
package dev.banyan.server.http;

import org.jspecify.annotations.NullMarked;
