package dev.banyan.nginx;

import java.util.Set;

/**
 * The xss module, which has an answer call a function of the page that asks for it.
 *
 * @param on {@code xss_get}
 * @param argument the argument that names the function; empty for none
 * @param checkStatus whether the answers with 200 and 201 alone are changed
 * @param overrideStatus whether a redirect or an error becomes 200
 * @param inputTypes the media types that are changed
 * @param outputType what they become
 */
public record XssSettings(
    boolean on,
    String argument,
    boolean checkStatus,
    boolean overrideStatus,
    Set<String> inputTypes,
    String outputType) {
  public XssSettings {
    inputTypes = Set.copyOf(inputTypes);
  }
}
