-- The module whose port is rehearsed: a little of what edges do, the same on both sides.

local cjson = require "cjson"

local ngx = ngx

local _M = { _VERSION = "1" }

local words = {}

function _M.load(path)
    local file = assert(io.open(path, "rb"))
    words = cjson.decode(file:read("*a"))
    file:close()
end

function _M.worker()
    assert(ngx.timer.every(60, function() end))
end

function _M.greeting(name)
    return words.greeting .. " " .. name
end

function _M.rewrite()
    local ctx = ngx.ctx
    ngx.log(ngx.WARN, "rewrites ", ngx.var.uri)
    ctx.client = ngx.var.remote_addr
    ctx.settings = { port = words.port }
    ngx.var.name = "ported"
    ngx.req.set_header("X-Client", ctx.client)
end

function _M.access()
    local kept = ngx.shared.kept
    kept:set("last", ngx.var.uri, 60)
    kept:incr("calls", 1, 0)
    if ngx.var.arg_stop then
        ngx.header["Retry-After"] = "1"
        return ngx.exit(403)
    end
end

function _M.balance()
    assert(require("ngx.balancer").set_current_peer("127.0.0.1", ngx.ctx.settings.port))
end

function _M.header_filter()
    local kind = ngx.header["Content-Type"]
    ngx.header["X-Greeting"] = _M.greeting(ngx.ctx.client or "nobody")
    ngx.header["X-Kind"] = kind
    ngx.header["Content-Length"] = nil
end

function _M.body_filter()
    ngx.arg[1] = ngx.arg[1] .. (ngx.arg[2] and "." or "")
end

function _M.log()
    ngx.shared.kept:incr("status:" .. ngx.status, 1, 0)
end

return _M
