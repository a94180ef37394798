-- Start-up: what init_by_lua and init_worker_by_lua call.

local tenant = require "edge.tenant"
local firewall = require "edge.firewall"
local routing = require "edge.routing"
local rate_limit = require "edge.rate_limit"

local ngx = ngx
local error, assert, ipairs, pcall, require = error, assert, ipairs, pcall, require

local _M = {}

local RELOAD_SECONDS = 30

-- loaded before the fork, so that a broken module stops the start and not the first request
for _, name in ipairs { "bot", "waf", "token_auth", "redirects", "transform", "cache_key",
                        "security_headers", "body_filter", "access_log" } do
    require("edge." .. name)
end

local function must(ok, err)
    if not ok then
        error(err, 0)
    end
    return ok
end

function _M.master()
    local prefix = ngx.config.prefix()
    must(tenant.load(prefix .. "data/tenants.json"))
    must(firewall.init(prefix .. "data/deny.txt"))
    must(routing.load(prefix .. "local/origins.json"))
end

local function reload(premature)
    if premature then
        return
    end
    local ok, err = pcall(function()
        local n, why = tenant.load(ngx.config.prefix() .. "data/tenants.json")
        if not n then
            error(why, 0)
        end
        rate_limit.forget()
    end)
    if not ok then
        ngx.log(ngx.ERR, "tenants were not reloaded: ", err)
    end
end

function _M.worker()
    assert(ngx.timer.every(RELOAD_SECONDS, reload))
end

return _M
