/** What a port's own tests use: runs a port as the host would, against goldens. */
@NullMarked
package dev.banyan.testkit;

import org.jspecify.annotations.NullMarked;
