/**
 * Suites made from recorded traffic: HAR files, access logs as nginx writes them and in JSON.
 * Secrets are taken out on the way in. Depends on {@code suite} and Jackson, and on the router's
 * core for knowing secrets; enter at {@link dev.banyan.duel.record.Recording}.
 */
@NullMarked
package dev.banyan.duel.record;

import org.jspecify.annotations.NullMarked;
