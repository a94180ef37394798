package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import java.util.Set;

/**
 * One {@code error_page}.
 *
 * @param statuses the statuses it answers
 * @param overwrite the status to answer with; -1 keeps the original one, 0 takes the page's own
 * @param target a URI, a named location or an address
 * @param args the arguments after the question mark of a target without variables; empty for none.
 *     One with variables is split when it is evaluated
 */
public record ErrorPage(Set<Integer> statuses, int overwrite, Template target, String args) {
  /** As {@link #overwrite()}: the original status stays. */
  public static final int KEEP = -1;

  /** As {@link #overwrite()}: the status of the page that is shown ({@code =} without a number). */
  public static final int FROM_PAGE = 0;

  public ErrorPage {
    statuses = Set.copyOf(statuses);
  }
}
