/** Tests of what is remembered of the migration. */
@NullMarked
package dev.banyan.server.progress;

import org.jspecify.annotations.NullMarked;
