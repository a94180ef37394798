/** What is recorded of requests: no secret in it is kept or shown, and nothing in it runs. */
@NullMarked
package dev.banyan.it.privacy;

import org.jspecify.annotations.NullMarked;
