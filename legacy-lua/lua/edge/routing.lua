-- Origin routing: groups of weighted origins, a stable choice by client, retries on the others.

local cjson = require "cjson.safe"
local balancer = require "ngx.balancer"
local util = require "edge.util"

local ngx = ngx
local ipairs, setmetatable = ipairs, setmetatable

local _M = {}

local Group = {}
Group.__index = Group

local groups = {}

function Group.new(name, origins)
    local self = setmetatable({ name = name, origins = {}, total = 0 }, Group)
    for i, origin in ipairs(origins) do
        local weight = origin.weight or 1
        self.total = self.total + weight
        self.origins[i] = {
            host = origin.host, port = origin.port, weight = weight, upto = self.total,
        }
    end
    return self
end

-- The index of the origin for a key: the same key finds the same origin.
function Group:pick(key)
    local point = ngx.crc32_short(key) % self.total
    for i, origin in ipairs(self.origins) do
        if point < origin.upto then
            return i
        end
    end
    return #self.origins
end

function Group:after(i)
    return i % #self.origins + 1
end

function _M.load(path)
    local file, err = io.open(path, "rb")
    if not file then
        return nil, err
    end
    local text = file:read("*a")
    file:close()
    local conf, decode_err = cjson.decode(text)
    if not conf then
        return nil, "origins: " .. decode_err
    end
    local new = {}
    for name, origins in pairs(conf.groups) do
        new[name] = Group.new(name, origins)
    end
    if not new.default then
        return nil, "origins: group \"default\" is missing"
    end
    groups = new
    return true
end

function _M.group(name)
    return groups[name] or groups.default
end

local function sticky_key()
    local tenant = ngx.ctx.tenant
    if tenant:has("sticky_session") then
        local session = ngx.var.cookie_session
        if session then
            return session
        end
    end
    return util.client_ip() .. tenant.id
end

function _M.access()
    local tenant = ngx.ctx.tenant
    local name = tenant.upstream
    -- tenants move between groups path by path
    for _, route in ipairs(tenant.routes or {}) do
        if util.starts_with(ngx.var.uri, route.prefix) then
            name = route.upstream
            break
        end
    end
    local group = _M.group(name)
    ngx.ctx.route = { group = group, at = group:pick(sticky_key()), tried = 0 }
    ngx.var.upstream_group = group.name
end

function _M.balance()
    local route = ngx.ctx.route
    local group = route.group
    if route.tried == 0 then
        local more = #group.origins - 1
        if more > 0 then
            local ok, err = balancer.set_more_tries(more)
            if not ok then
                ngx.log(ngx.ERR, "set_more_tries: ", err)
            end
        end
    else
        local state, status = balancer.get_last_failure()
        ngx.log(ngx.WARN, "origin of group ", group.name, " failed: ", state or "?", " ",
            status or 0)
        route.at = group:after(route.at)
    end
    route.tried = route.tried + 1
    local origin = group.origins[route.at]
    local ok, err = balancer.set_current_peer(origin.host, origin.port)
    if not ok then
        ngx.log(ngx.ERR, "set_current_peer: ", err)
        return ngx.exit(502)
    end
end

return _M
