package dev.banyan.benchmarks.edge;

import java.util.List;
import java.util.Map;

/**
 * A request to the sample legacy, and what its origin answers.
 *
 * @param method the method
 * @param host the host
 * @param path the path
 * @param args the raw arguments, empty for none
 * @param headers its headers by lower-case name
 * @param body its body, empty for none
 * @param answer the headers of the origin's answer by lower-case name
 * @param pieces the pieces of the origin's body
 */
record EdgeRequest(
    String method,
    String host,
    String path,
    String args,
    Map<String, String> headers,
    String body,
    Map<String, String> answer,
    List<String> pieces) {
  EdgeRequest {
    headers = Map.copyOf(headers);
    answer = Map.copyOf(answer);
    pieces = List.copyOf(pieces);
  }

  /** The target with its arguments. */
  String target() {
    return args.isEmpty() ? path : path + "?" + args;
  }
}
