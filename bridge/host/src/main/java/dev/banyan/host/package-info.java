/**
 * The module host: finds ports, binds their inputs once, runs them under deadlines, applies their
 * effects whole or not at all. Depends on api and fiber.
 */
@NullMarked
package dev.banyan.host;

import org.jspecify.annotations.NullMarked;
