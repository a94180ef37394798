/** What a platform engineer does to a running Banyan, and what users see of it: nothing. */
@NullMarked
package dev.banyan.it.steering;

import org.jspecify.annotations.NullMarked;
