-- One JSON line per request, and counters that a timer sums up.

local util = require "edge.util"

local ngx = ngx
local concat = table.concat
local tonumber, tostring, ipairs = tonumber, tostring, ipairs

local _M = {}

local counters = ngx.shared.counters
local file

-- name, how to get it, whether it is a number
local fields = {
    { "tenant", function() return ngx.var.tenant_id end },
    { "tier", function() return ngx.var.tenant_tier end },
    { "client", function() return util.client_ip() end },
    { "method", function() return ngx.var.request_method end },
    { "uri", function() return ngx.var.request_uri end },
    { "status", function() return ngx.var.status end, true },
    { "bytes", function() return ngx.var.body_bytes_sent end, true },
    { "action", function() return ngx.var.edge_action end },
    { "blocked_by", function() return ngx.ctx.blocked_by end },
    { "bot", function() return ngx.var.bot_class end },
    { "waf_score", function() return ngx.var.waf_score end, true },
    { "waf_rules", function() return ngx.ctx.waf_rules end },
    { "user", function() return ngx.ctx.user end },
    { "cache_key", function() return ngx.var.cache_key end },
    { "group", function() return ngx.var.upstream_group end },
    { "upstream_status", function() return ngx.var.upstream_status end },
    { "request_id", function() return ngx.var.request_uid end },
    { "agent", function() return ngx.var.http_user_agent end },
}

function _M.line()
    local out, n = {}, 0
    for _, field in ipairs(fields) do
        local value = field[2]()
        if value ~= nil and value ~= "" then
            n = n + 1
            if field[3] then
                out[n] = '"' .. field[1] .. '":' .. (tonumber(value) or 0)
            else
                out[n] = '"' .. field[1] .. '":' .. util.json_string(value)
            end
        end
    end
    return "{" .. concat(out, ",") .. "}\n"
end

local function output()
    if not file then
        local err
        file, err = io.open(ngx.config.prefix() .. "logs/edge.json", "a")
        if not file then
            ngx.log(ngx.ERR, "access log: ", err)
            return nil
        end
        file:setvbuf("line")
    end
    return file
end

local function count(key)
    local _, err = counters:incr(key, 1, 0)
    if err then
        ngx.log(ngx.WARN, "counter ", key, ": ", err)
    end
end

function _M.log()
    local out = output()
    if out then
        out:write(_M.line())
    end
    count("requests")
    count("status:" .. tostring(ngx.status))
    if ngx.ctx.blocked_by then
        count("blocked:" .. ngx.ctx.blocked_by)
    end
end

function _M.snapshot()
    local lines = {}
    local keys = counters:get_keys(0)
    table.sort(keys)
    for i, key in ipairs(keys) do
        lines[i] = key .. " " .. tostring(counters:get(key))
    end
    return concat(lines, "\n") .. "\n"
end

return _M
