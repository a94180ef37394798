/** The port of edge.cache_key. */
@NullMarked
package dev.banyan.modules.cachekey;

import org.jspecify.annotations.NullMarked;
