-- resty.lock: a mutex between workers on a shared dict, with a growing sleep between tries.

local _M = { _VERSION = "0.09" }
local mt = { __index = _M }

local min, max = math.min, math.max


function _M.new(_, dict_name, opts)
    local dict = ngx.shared[dict_name]
    if not dict then
        return nil, "dictionary not found"
    end

    opts = opts or {}
    local timeout = opts.timeout or 5
    local exptime = opts.exptime or 30
    if timeout > exptime then
        timeout = exptime
    end

    return setmetatable({
        dict = dict,
        timeout = timeout,
        exptime = exptime,
        step = opts.step or 0.001,
        ratio = opts.ratio or 2,
        max_step = opts.max_step or 0.5,
    }, mt)
end


function _M.lock(self, key, exptime)
    if not key then
        return nil, "nil key"
    end
    if self.key then
        return nil, "locked"
    end

    exptime = exptime or self.exptime
    local step, left, waited = self.step, min(self.timeout, exptime), 0

    while true do
        local ok, err = self.dict:add(key, true, exptime)
        if ok then
            self.key = key
            return waited
        end
        if err ~= "exists" then
            return nil, err
        end
        if left <= 0 then
            return nil, "timeout"
        end

        step = min(step, left)
        ngx.sleep(step)
        waited = waited + step
        left = left - step
        step = min(max(0.001, step * self.ratio), self.max_step)
    end
end


function _M.unlock(self)
    local key = self.key
    if not key then
        return nil, "unlocked"
    end

    local ok, err = self.dict:delete(key)
    if not ok then
        return nil, err
    end
    self.key = nil
    return 1
end


function _M.expire(self, exptime)
    local key = self.key
    if not key then
        return nil, "unlocked"
    end

    local ok, err = self.dict:replace(key, true, exptime or self.exptime)
    if not ok then
        return nil, err
    end
    return true
end


return _M
