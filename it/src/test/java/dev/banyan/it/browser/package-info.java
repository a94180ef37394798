/** A real browser for the tests of what the server shows. */
@NullMarked
package dev.banyan.it.browser;

import org.jspecify.annotations.NullMarked;
