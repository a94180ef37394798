/** Tests of what ports are tested with. */
@NullMarked
package dev.banyan.testkit;

import org.jspecify.annotations.NullMarked;
