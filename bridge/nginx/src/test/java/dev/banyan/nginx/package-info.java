/**
 * Holds the configuration's model to a real nginx: what it says of broken files, and what it
 * answers. {@code -Dgolden.update} records both anew where nginx is installed.
 */
@NullMarked
package dev.banyan.nginx;

import org.jspecify.annotations.NullMarked;
