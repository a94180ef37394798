/** Tests of starting and stopping a whole Banyan. */
@NullMarked
package dev.banyan.server.serve;

import org.jspecify.annotations.NullMarked;
