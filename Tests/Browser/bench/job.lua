-- Plays a whole job of many requests, over and over, and tells how long each took. Started by load.py:
--   wrk -tN -cN … -s job.lua ADDRESS -- FILE
-- Each line of the file is one request: method, path, token, body, name and pattern, divided by tabs. `{name}` in path and
-- body is what the pattern of an earlier line found in its answer; `{n}` is the number of the job.

local ffi = require("ffi")
ffi.cdef [[ typedef struct { long seconds; long nanoseconds; } moment; int clock_gettime(int, moment *); ]]

local threads = {}
local steps, current, found, number, began = {}, 0, {}, 0, 0
jobs, wrong, times, where = 0, 0, "", ""

local moment = ffi.new("moment")
local function now()
   ffi.C.clock_gettime(1, moment)
   return tonumber(moment.seconds) * 1e3 + tonumber(moment.nanoseconds) / 1e6
end

function setup(thread)
   thread:set("place", #threads)
   table.insert(threads, thread)
end

function init(args)
   for line in io.lines(args[1]) do
      local method, path, token, body, name, pattern = line:match("^(.-)\t(.-)\t(.-)\t(.-)\t(.-)\t(.-)$")
      table.insert(steps, { method = method, path = path, body = body, name = name, pattern = pattern, headers = {
         ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" } })
   end
end

function request()
   if current == 0 then
      current, found, number = 1, {}, number + 1
      found.n = place .. "x" .. number
      began = now()
   end
   local step = steps[current]
   local function fill(text) return (text:gsub("{([%a%d]+)}", found)) end
   return wrk.format(step.method, fill(step.path), step.headers, step.body ~= "" and fill(step.body) or nil)
end

function response(status, headers, body)
   local step = steps[current]
   local good = status >= 200 and status < 300
   if good and step.name ~= "" then
      found[step.name] = body:match(step.pattern)
      good = found[step.name] ~= nil
   end
   if not good then
      wrong = wrong + 1
      where = step.method .. " " .. step.path .. " " .. status .. " " .. body:sub(1, 300)
      current = 0
      return
   end
   current = current + 1
   if current > #steps then
      jobs = jobs + 1
      times = times .. string.format("%.2f,", now() - began)
      current = 0
   end
end

function done(summary, latency)
   local all, failed, last = {}, 0, ""
   for _, thread in ipairs(threads) do
      failed = failed + thread:get("wrong")
      if thread:get("where") ~= "" then last = thread:get("where") end
      for time in thread:get("times"):gmatch("[%d.]+") do table.insert(all, tonumber(time)) end
   end
   table.sort(all)
   local function share(part) return all[math.max(1, math.ceil(#all * part))] or 0 end
   io.write(string.format(
      '\n{"jobs":%d,"requests":%d,"seconds":%.6f,"bytes":%d,"p50":%.3f,"p99":%.3f,"p999":%.3f,"longest":%.3f,"errors":%d}\n',
      #all, summary.requests, summary.duration / 1e6, summary.bytes, share(0.5), share(0.99), share(0.999), all[#all] or 0,
      failed + summary.errors.connect + summary.errors.read + summary.errors.timeout))
   if last ~= "" then io.stderr:write(last .. "\n") end
end
