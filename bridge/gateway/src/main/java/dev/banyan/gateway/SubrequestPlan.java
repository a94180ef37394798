package dev.banyan.gateway;

import dev.banyan.api.Headers;
import org.jspecify.annotations.Nullable;

/** What a subrequest starts with. */
record SubrequestPlan(
    String method,
    String uri,
    String args,
    Headers headers,
    BodyPlan body,
    Cells cells,
    @Nullable Object luaState) {

  /** Where a subrequest's body comes from. */
  @FunctionalInterface
  interface BodyPlan {
    /** The parent's own body. */
    BodyPlan INHERIT = (request, parent) -> parent;

    /** None that Lua may ask for or replace: for it, this request has read no body. */
    BodyPlan UNREAD = (request, parent) -> RequestBody.unread(request);

    /** None, behind a head that announces the parent's. */
    BodyPlan WITHHELD = (request, parent) -> RequestBody.withheld(request, parent.expected());

    /** The body of {@code request}, given its parent's. */
    RequestBody of(Request request, RequestBody parent);

    /** These bytes. */
    static BodyPlan bytes(byte[] body) {
      return (request, parent) -> RequestBody.of(request, body);
    }
  }
}
