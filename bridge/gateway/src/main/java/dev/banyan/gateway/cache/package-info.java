/**
 * The files of {@code proxy_cache}: which keys are known, where their files are and what is in
 * them. Nothing here knows of requests. Depends on the JDK, {@code dev.banyan.api} and {@code
 * dev.banyan.nginx} only; begin at {@link dev.banyan.gateway.cache.CacheZone}.
 */
@NullMarked
package dev.banyan.gateway.cache;

import org.jspecify.annotations.NullMarked;
