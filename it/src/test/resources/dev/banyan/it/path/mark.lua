-- Marks requests with who sends them, and answers with whom they were for.
local _M = {}

local function chain(link)
  ngx.req.set_header("X-Chain", (ngx.var.http_x_chain or "") .. link)
end

function _M.first()
  chain("a")
end

-- No script sees this variable: it is one of the configuration alone.
function _M.second()
  chain("b" .. (ngx.var.proxy_add_x_forwarded_for or ""))
end

function _M.access()
  local who = ngx.ctx.who
  if not who then
    ngx.status = 403
    ngx.header["X-Why"] = "unknown"
    ngx.say("who are you?")
    return ngx.exit(403)
  end
  ngx.shared.d:incr("marked", 1, 0)
  ngx.log(ngx.WARN, "marked ", who.name)
  ngx.req.set_header("X-User", who.name)
  ngx.req.set_header("X-Level", who.level)
end

function _M.profile()
  local who = ngx.ctx.who
  ngx.header["Content-Type"] = "application/json"
  ngx.say('{"name": "', who.name, '", "level": ', who.level, "}")
  return ngx.exit(200)
end

function _M.header()
  local who = ngx.ctx.who
  ngx.header["X-For"] = who and who.name or "nobody"
  ngx.header["Set-Cookie"] = { "seen=1; Path=/; HttpOnly", "for=" .. (who and who.name or "none") }
  ngx.header["Content-Length"] = nil
end

function _M.body()
  local who = ngx.ctx.who
  if who and ngx.arg[1] ~= "" then
    ngx.arg[1] = ngx.arg[1] .. " level " .. who.level
  end
end

return _M
