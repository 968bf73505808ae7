-- Plays requests from a file and tells what came of it in one line of JSON. Started by load.py:
--   wrk … -s load.lua ADDRESS -- FILE MODE [THREADS [SHARE]]
-- Each line of the file is one request: method, path, cookie, body, revision and version, divided by tabs.
-- MODE `pick`: any line, at random. MODE `save`: each thread goes round its own lines; `{n}` in a body is a number never
-- used before, `{r}` the revision that it is based on, which is the version of the dossier at its last change.
-- MODE `mixed`: lines with `{r}` are saved, SHARE of all times; otherwise any other line, at random.

local threads = {}
local reads, requests, revisions, versions, current, number = {}, {}, {}, {}, 0, 0
wrong, where = 0, ""

function setup(thread)
   thread:set("place", #threads)
   table.insert(threads, thread)
end

function init(args)
   saving = args[2] ~= "pick"
   share = tonumber(args[4] or (saving and 1 or 0))
   local count = 0
   for line in io.lines(args[1]) do
      local method, path, cookie, body, revision, version = line:match("^(.-)\t(.-)\t(.-)\t(.-)\t(.-)\t(.-)$")
      local isSaved = saving and body:find("{r}", 1, true)
      if not isSaved or count % tonumber(args[3]) == place then
         local headers = { ["Cookie"] = cookie }
         if isSaved then
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            table.insert(requests, { method, path, headers, body })
            table.insert(revisions, tonumber(revision))
            table.insert(versions, tonumber(version))
         elseif body ~= "" then
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            table.insert(reads, wrk.format(method, path, headers, body))
         else
            table.insert(reads, wrk.format(method, path, headers))
         end
      end
      count = count + 1
   end
   math.randomseed(4711 + place)
   if not saving then response = nil end
end

function request()
   isSaving = share == 1 or share > 0 and #requests > 0 and math.random() < share
   if not isSaving then return reads[math.random(#reads)] end
   current = current % #requests + 1
   number = number + 1
   local method, path, headers, body = unpack(requests[current])
   body = body:gsub("{n}", place .. "-" .. number):gsub("{r}", revisions[current])
   return wrk.format(method, path, headers, body)
end

function response(status, headers, body)
   if not isSaving then
      if status ~= 200 then
         wrong = wrong + 1
         where = status .. " " .. body:sub(1, 300)
      end
   elseif status == 303 then
      versions[current] = versions[current] + 1
      revisions[current] = versions[current]
   else
      wrong = wrong + 1
      where = requests[current][2] .. " " .. status .. " " .. body:sub(1, 300)
   end
end

function done(summary, latency)
   local failed, last = summary.errors.status, ""
   for _, thread in ipairs(threads) do
      failed = math.max(failed, thread:get("wrong"))
      if thread:get("where") ~= "" then last = thread:get("where") end
   end
   local errors = summary.errors
   io.write(string.format(
      '\n{"requests":%d,"seconds":%.6f,"bytes":%d,"p50":%.3f,"p99":%.3f,"p999":%.3f,"longest":%.3f,"errors":%d}\n',
      summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50) / 1e3,
      latency:percentile(99) / 1e3, latency:percentile(99.9) / 1e3, latency.max / 1e3,
      errors.connect + errors.read + errors.write + errors.timeout + failed))
   if last ~= "" then io.stderr:write(last .. "\n") end
end
