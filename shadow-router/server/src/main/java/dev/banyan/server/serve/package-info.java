/**
 * Running processes: a bare nginx.conf, or a whole Banyan. Start reading at {@link
 * dev.banyan.server.serve.BanyanServer}.
 */
@NullMarked
package dev.banyan.server.serve;

import org.jspecify.annotations.NullMarked;
