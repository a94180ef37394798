package dev.banyan.duel.wire;

import dev.banyan.duel.suite.Field;
import dev.banyan.duel.suite.Request;
import java.util.concurrent.CompletableFuture;

/**
 * A request on its way to a target.
 *
 * @param mark the field by which the duel's own origin knows it again
 * @param answer completed once, on the client's event loop; never with an exception
 */
record Ask(Request request, Field mark, CompletableFuture<Answer> answer) {
  Ask(Request request, Field mark) {
    this(request, mark, new CompletableFuture<>());
  }
}
