/** Tests of learning. */
@NullMarked
package dev.banyan.server.learn;

import org.jspecify.annotations.NullMarked;
