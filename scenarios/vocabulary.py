"""Words of the field that mean the same thing in a clarifying question.

A line of `CONCEPTS` is a name and the words or phrases that speak of it; a word may stand in
several. Words are compared after `stem`, phrases word by word. `FILLERS` carry no topic.
The lists hold general interview English, so that a scenario needs few alternative wordings
of its own; what is particular to one scenario belongs into its aliases.
"""

from __future__ import annotations

FILLERS = """
a an the this that these those there here it its itself he she him her his i me my we us our ours
you your they them their theirs one ones thing things stuff something anything someone somebody
anyone anybody everybody everyone everything nothing is are was were be been being am do does did
doing done have has had having can could couldnt cant may might must mustnt shall should would will
wont dont doesnt didnt isnt arent whats whos wheres hows lets im ive youd id of in on at to for from
by with without about around into onto over under up out off as than then so such like and or but if
else not no yes nor also too very just only even still already really actually basically roughly
approximately approx maybe perhaps please sorry hi hello ok okay um hmm well now what which whose
how why while because assume assuming assumption suppose say tell know think guess want wanted need
needed needs require required requirement expect expected expecting expectation planned support
supported handle handled consider care worry worried worth mean means meant get gets
getting got give given gives giving go goes going come comes coming take takes taken make makes made
put let use used using have kind sort type rough sense idea bit lot lots any some all each every
both either other others another same different many much more most less least few several per
exactly please question ask asked clarify curious wondering first main general typical typically
usual usually normal normally average avg mean system platform product app application service
solution design architecture build building built feature features aware important involved
particular specific current currently right between during before after within when again ever
never always often look looks looking work works working deal dealing way case able allow allowed
possible acceptable ok fine good bad big large huge high low small long short old new own best
hard big set let total overall whole portal site website tool backend app apps exactly happen
happens happened
"""

CONCEPTS = """
size: how big, how large, size, gb, tb, kb, mb, gigabyte, terabyte, megabyte, byte, volume,
 storage, largest, biggest, maximum, max, heavy
latency: latency, fast, faster, quick, quickly, speed, slow, lag, delay, response time, respond,
 responsive, ms, millisecond, p50, p90, p95, p99, percentile, load time, page load, performance,
 instant, reply time, time to first token, response, start within, how soon should, starts within,
 start in, can users wait, wait for, willing to wait, snappy
freshness: fresh, freshness, stale, staleness, real time, realtime, up to date, outdated, lag,
 eventual consistency, eventually consistent, how soon, how old, behind, newest, cache, refresh,
 how current, recent, how real time, how often should, update, live
availability: availability, available, uptime, downtime, sla, slo, nine, nines, 9s, outage, high
 availability, ha, maintenance window, go down, goes down, always on, 24 7, be down, we be down,
 must it be up, be up
recovery: rpo, rto, recovery, recover, disaster, dr, disaster recovery, backup, back up, restore,
 failover, replica, fail over, region fails, region is lost, survive, dies, data loss, lose data,
 back online, crash, recovered, bring back, undelete, be back, db is gone, database is gone,
 brought back
loss: lost, lose, loss, durability, durable, rpo, dropped, data loss, drop, skip, missing
once: exactly once, twice, duplicate, idempotent, idempotency, more than once, repeat, double,
 only once, again, two times, executed twice, executed two times
consistency: consistency, consistent, eventual, atomic, atomically, acid, transactional, one
 transaction, strong consistency, in sync, transaction
encryption: encryption, encrypt, encrypted, kms, key, e2ee, tls, cmk, end to end encryption, byok,
 at rest, in transit
security: security, secure, secured, threat, attack, hack, protection, encryption, virus, malware,
 ransomware, scan, scanning
privacy: privacy, gdpr, ccpa, personal data, pii, personal information, right to be forgotten,
 sensitive, confidential, data protection, phi
training: train, training, fine tune, fine tuning, finetune
compliance: compliance, compliant, regulation, regulatory, regulator, regulated, law, legal, rule,
 gdpr, hipaa, pci, pci dss, soc2, soc 2, iso, certification, certificate, certified, hitrust,
 ccpa, governing, comply, complies
agreement: baa, business associate, addendum, covered entity, agreement
residency: data residency, residency, stay in, leave the country, leave europe, sovereignty, eu,
 leave the us, data leave
audit: audit, auditor, audit trail, audit log, access log, log, logged, logging, trail, trace,
 prove, proof, who accessed, evidence, tamper, immutable, immutability, who looked at my
retention: retention, retain, kept, how long do we keep, archive, lifecycle, expire, expiry, how
 many years, how many months, years, stored for, store for, how long do we store, keep data, keep
 files, do we keep
deletion: delete, deletion, deleted, remove, removed, erase, erasure, take down, forgotten,
 forget, purge, be gone, gone
peak: peak, spike, spiky, burst, bursty, surge, busiest, busy hour, rush, max load, rush hour,
 highest load, traffic pattern, sudden, headroom, peak load, same hour, at the same hour, higher
rate: rps, qps, tps, requests per second, queries per second, per second, transactions per second,
 throughput, messages per second, times a second, requests a second, per sec, queries a second
traffic: traffic, load, request, volume, visitor, throughput, rps, qps, tps, query, scale, visits,
 page visits, how many hit
users: user, people, person, ppl, customer, audience, subscriber, member, visitor, viewer,
 account, registered, seat, persona, player, fan, fans, shopper, shoppers
scale: scale, userbase, user base, growth, active
active: active, daily active, monthly active, activity, concurrent
concurrency: concurrent, concurrency, at once, simultaneous, simultaneously, at the same time,
 same moment, in parallel, connection
tenants: tenant, company, companies, organisation, organization, firm, business, corporation,
 client, enterprise, multi tenant, b2b, customer
geography: where, country, countries, continent, geography, geographic, worldwide, global,
 globally, international, world, us only, europe, location, located, united states, american,
 overseas, region
cloudregion: region, aws region, single region, multi region, us east 1, availability zone
growth: growth, grow, future, year two
budget: budget, spend, spending, money, dollar, afford, cheap, expensive, usd, funds, funding,
 financial limit, spending limit, how much money, how expensive, how much may it cost, how much
 does it cost, how much can we spend, how much can i spend, aws bill, monthly bill, cloud bill,
 cost, ceiling, burn, willing to pay, pay aws, how much are you willing
unitcost: unit economics, cost per, per user cost, margin, cost per user, cost per tenant, cost
 per query, per answer, token budget, inference, cost us, llm calls, model costs, model cost,
 models, per subscriber, ceiling, burn
team: team, engineer, developer, dev, devs, headcount, team size, staffing, programmer, who
 builds, who operates, who runs, who maintains, ops, operations, devops, engineering, who works
 on, people build, people work, who builds it, who is building, build it
skills: skill, experience, experienced, expertise, background, know how, familiar, knowledge, used
 before, done before, ever run, run before, worked with
deadline: deadline, timeline, timeframe, go live, time to market, by when, release date, how long
 do we have, how long do i have, how much time, when is launch, when does it start, be live, must
 it be live, when do we ship, must we ship, when do we launch, launch date, launch by, is it due,
 be fixed, be ready, until when, have to ship, do we ship
mvp: mvp, first release, first version, v1, version 1, version one, scope, in scope, out of scope,
 must have, minimal, leave out, day one, phase 1, phase one, initial, initially, first cut, at
 launch, feature set, which features, what features, skip, pilot, essential, launch, may wait, can
 wait, come later, comes later, nail
success: success, successful, measure, kpi, metric, goal, win, definition of done, winning,
 finished, finish, end state, objective, prove, outcome, target, are we done, when are we finished
purpose: use case, purpose, what for, goal, what problem, why, value, value proposition, business
 case, driver, business goal, what is it for, motivation, reason, problem solve, what is this for,
 thing for, used for, whats it for, the service for, this service for, core use case, the point of
revenue: monetise, monetize, monetisation, monetization, make money, earn, revenue, business
 model, pricing, iap, in app purchase, subscription, freemium, do we charge, charge for, charge
 per, charge users, free to, how is it priced, price model, what do users pay, who pays
buyer: who buys, who is the customer, buyer, target, target customer, consumer, b2b, b2c, smb,
 enterprise, business or consumer, target audience, audience, small firm, small company, small
 business, big company, big corporation, corporation, type of customer, kind of customer, kind of
 company, who uses it, who will use it, individuals, sold to, execs, executives, professionals
signin: sign in, login, log in, signin, auth, authentication, authenticate, sso, single sign on,
 saml, idp, identity provider, oauth, password, register, identity, sign up, cognito, guest,
 social login, without an account, making an account, create an account, account, login provider,
 without registering, auth system, existing login
permission: permission, access, access control, rbac, acl, authorization, authorisation, who can
 see, who may see, visibility, visible, entitled, entitlement, rights, private, public, privilege,
 look at, can anyone, can everyone, can strangers, who can, who may, by default, open to,
 restricted, restrict, certain groups, viewing
role: role, persona, who uses, who are the users, which users, actor, kinds of users, types of
 users, admin, administrator, nurse, staff, what users
integration: integrate, integration, api, connect, connector, connection, third party, external,
 outside, outlook, gmail, slack, other systems, external systems, partner, which apps, what apps,
 talk to, other apps
calendar: calendar, outlook, gmail, google, microsoft, mail, email
standard: standard, protocol, format, fhir, hl7, sftp, ftp, api, interface, which language do they
 speak
approval: approve, approval, confirm, confirmation, human in the loop, ask first, without asking,
 autonomous, autonomy, guardrail, by itself, on its own, guard rail, sign off, independently,
 freedom, bot get to, take actions, own initiative, autonomously
citation: citation, cite, source, link, reference, sourced, verifiable, verify, check, url,
 footnote, quote where, point back, footnotes, where they came from, came from, findings
hallucination: hallucination, hallucinate, make up, makes up, made up, invent, wrong, cannot
 support, nonsense, lie
voice: voice, speech, speak, spoken, audio, talk to
mix: mix, share of, percentage, ratio, proportion, percent, breakdown, fraction, mostly, mainly,
 take ages, short or long, simple or, just type, long running
readwrite: read to write, read write, read heavy, write heavy, reads and writes, ratio, reads,
 writes
longtask: long running, how long do tasks run, research, takes minutes, job, workflow, background
 job, take ages
workflow: workflow, flow, automation, process, pipeline, run
document: document, doc, file, pdf, record, page, corpus, paper, content
filetype: file type, format, pdf, docx, word, file format, ocr, scanned, excel, office file, kinds
 of files, document types, formats, image, handwriting, html
photo: photo, photograph, picture, pic, image, snapshot
attachment: attachment, attach, upload, photo, image, picture, file, document, pic, media
post: post, upload, publish, share
feed: feed, timeline, home page, home screen, newsfeed
follower: follower, follow, following, social graph, connection, friends, fans
fame: celebrity, influencer, popular, famous, viral, star, large account, hot, whale
skew: skew, skewed, uneven, hot, hot partition, hot key, hot account, distribution, distributed,
 largest, biggest, whale, concentrated, noisy neighbour, evenly, spread, bigger than, much bigger,
 at the same hour, same time, gets most of, most of the payments, one big, far more, single large
moderation: moderation, moderate, nsfw, nudity, nude, unsafe, illegal, inappropriate, harmful,
 offensive, porn, safety, trust and safety, content policy, never show
minor: child, children, kid, minor, teenager, teen, under 13, age, underage, young, son, daughter
ordering: order, sort, sorted, ordering, chronological, algorithm, in order, by time, out of order
ranking: leaderboard, rank, ranking, board, position, high score, standing, top players
score: score, points
gamestate: game state, state, save, save game, saved game, saved, progress, player data, profile
 data, keep for each, store for each, stored per, player record
multiplayer: multiplayer, pvp, versus, head to head, co op, coop, matchmaking, alone, single
 player, solo, opponent, against each other, each other, one another, play together, turn based
device: device, another phone, new phone, cross device, across devices, sync, switch phones,
 second phone, continue
session: session, play, open the app, opens the app
reward: prize, win, reward, cheat, cheating, stake, incentive, at stake, fraud
launch: launch, release, soft launch, global launch, launch day, go live, rollout, everywhere
symbol: symbol, ticker, instrument, equity, stock, how many stocks
tick: tick, price, message, market data, update, quotes, price quote
feedsource: vendor, feed, provider, data source, receive, source systems, come from, comes from,
 pull data, data delivered, how is the data delivered, sources
replay: replay, catch up, missed, gap, resend, reconnect, ask again, disconnected, redeliver,
 missed messages
licence: licence, license, licensing, entitlement, redistribution, delayed, delay, exchange rules,
 15 minutes, paying users, free users
trading: trading, buy and sell, buy or sell, place orders, buy, sell, trade
chart: chart, candle, candlestick, graph, history, ohlc
hours: market hours, trading hours, trading day, at night, weekends, after hours, maintenance
 windows
correct: correct, accurate, accuracy, exact, quality, correctness
trigger: trigger, kick off, kicked off, start, fire, initiate, cron, schedule, webhook, scheduled,
 event based, polling, poll, launched by, event source, starts
step: step, action, node, block, code, custom code, script, javascript, loop, branch, connector,
 condition
editor: editor, drag and drop, visual, builder, canvas, wysiwyg, create, designer, natural
 language
version: version, versioning, rollback, undo, older version, previous version, draft, publish
rollback: rollback, roll back, revert, go back, undo, way back, back out, reversible, fall back
etl: etl, data integration, sync, dataset, bulk, batch, data pipeline, data moves, move, pipeline
isolation: isolation, isolate, isolated, separate, separation, noisy neighbour, noisy neighbor,
 segregate, another tenant, other customers, between customers, fairness, starve, slow down other,
 affect other, one tenant, one customer, other tenant, can one tenant, slow down
dedicated: dedicated, private installation, single tenant, on premises, on prem, separate account,
 own account, private deployment, self hosted, own environment, shared infrastructure,
 installation, separate aws account
failure: error, fail, failure, failed, retry, break, error handling, goes wrong, timeout, time
 out, respond
consent: consent, grant, sharing, withdraw, revoke, give access, take back, revocation, share
share: share, sharing, shared, external recipient, send to, give access, link
revoke: revoke, revocation, revoked, cut off, take back, withdraw, unshare, expire, stop sharing,
 end
emergency: emergency, unconscious, er, break the glass, break glass, life threatening, override,
 urgent
proxy: proxy, parent, mother, father, mom, caregiver, guardian, family, relative, spouse, carer,
 delegated, on behalf, child
imaging: dicom, xray, x ray, mri, imaging, ct, image, scans, xrays, mris
ehr: ehr, emr, electronic health record, record system, chart, epic, cerner, health record
clinic: clinic, practice, hospital, provider, provider organisation
clinician: clinician, doctor, nurse, physician, care team, provider
sync: sync, synchronise, pull, push, import, one way, two way, bidirectional, write back, read
 only
thread: group, group chat, thread, conversation, several people, participant, one to one, care
 team, family
messaging: message, msg, chat, text, conversation
catalogue: catalogue, catalog, product, item, sku, merchandise, goods, listings
inventory: inventory, stock, oversell, oversold, sold out, out of stock, overselling, stock level
ownership: who holds, who owns, own products, drop shipping, dropshipping, reseller, marketplace,
 seller of record, ships, inventory
payment: payment, card, credit card, stripe, checkout, pci, pan, processor, paypal, psp, refund,
 payment provider, debit, charged, charge the card
cardscope: pci, pci dss, pan, card number, store cards, card data, tokenise, tokenisation,
 tokenization, tokenize, credit card details, card details
payout: payout, pay out, split, cut, commission, pays creators
fulfilment: fulfil, fulfilment, fulfillment, ship, shipping, delivery, warehouse, order,
 logistics, packing, order is placed, who ships, ship it
degrade: degrade, degraded, degradation, graceful degradation, switch off, turn off, shed,
 disable, sacrifice, critical, optional
custom: customise, customize, customisation, theme, layout, branding, white label, custom domain,
 domain, look and feel, personalise, custom theme, custom layout, customised, customizable
search: search, discovery, discover, find, filter, facet, autocomplete, browse, typo, filtering,
 lookup
merchant: merchant, supplier, brand, source merchant
creator: creator, influencer, storefront, shop, seller, sellers
shop: shop, storefront
quiet: baseline, off peak, quiet, idle, regular, normal load, base load, nothing special, between
 shows, no concert, normal day, normal tuesday, tuesday, weekday, normal, ordinary day, no gig, no
 show, between tours
event: concert, tour, gig, encore, concerts
predict: predictable, predict, ahead of time, beforehand, in advance, known, schedule, calendar,
 forecast, tour dates, anticipate, unexpected, warning, foresee, early enough, know the dates,
 dates early
reporting: analytics, report, reporting, analyse, analysis, insight, bi, sales numbers, who looks
 at, looks at the
buildorbuy: build or buy, hosted shop, saas, shopify, off the shelf, why not use, buy instead,
 alternative
outage: outage, crash, goes down, site down, cost of failure, impact, failure, down, downtime,
 hour of downtime, being down, site goes down
wrongcost: how bad, cost of failure, consequence, impact, mistake, incident, cost if, leak, how
 bad would, how bad is it, gets lost
synchronous: synchronous, sync, inline, in the request, real time, asynchronous, async, later, up
 front, before we answer, before we say, say yes
fraud: fraud, fraudulent, scam, risk
balance: balance, negative, overdraw, overdraft, below zero, insufficient funds, overdrawn, go
 overdrawn
events: event driven, event, events, subscribe, consumer, downstream, listen, decouple, publish
external: bank, processor, outside, third party, external, partner, card network
settlement: settlement, reconcile, reconciliation, settle, nightly file, end of day, match
 against, reconciled
transaction: transaction, payment, transfer, p2p
stack: stack, tech stack, technology, language, framework, written in, programming language,
 database, images stored, where are the images
existing: existing, exist, legacy, already, in place, today, existing systems, current system
code: code, codebase, rewrite, inside, source code
coupling: couple, coupled, coupling, dependency, dependencies, module, modular, boundary,
 boundaries, spaghetti, shared tables, join
compat: backwards compatible, backward compatibility, backwards compatibility, break, contract,
 public api, existing clients, cannot change, breaking change, must not change, stay the same,
 keep the same, must stay
org: team structure, how is the organisation, who owns what, conway, organized, squads, own
freeze: freeze, feature freeze, pause, new features, keep shipping, feature work
infra: on premises, on prem, data center, data centre, cloud, ec2, hosted, infrastructure, where
 does it run, running today, deployed today
pain: pain, hurts, problem, broken, wrong with, pain point, trouble, why
module: module, component, part of the code, which part
risk: risk, rollback, cutover, appetite
resume: resumable, resume, interrupted
browser: browser, web, web only, web app, ftp, sftp, protocol
archive: archive, old files, access pattern, how often are they read, glacier, cold, recent ones,
 download old, old stuff
filesize: file size, how large, how big, maximum file, size of file, max size, image size, photo
 size
stateless: stateless, session state, sticky session, stateful
#users: dau, mau, daily users, daily active users, monthly active users, user base, userbase,
 audience size, user count, user growth, active users, scale, number of people
edit: edit, change, modify, correct, correction, amend, update
humanlanguage: language, languages, translate, translation, multilingual, localise, localisation,
 i18n, several languages, english, spanish
mobileapp: mobile app, native app, ios, android, ios app, desktop client, desktop app, tablet app,
 native
tool: terraform, cdk, kubernetes, k8s, kafka, kinesis, redis, graphql, grpc, lambda, step
 functions, temporal, serverless, containers, eks, ecs, docker, dynamodb, aurora, postgres,
 mongodb, cassandra, opensearch, elasticsearch, pgvector, service mesh, rabbitmq, sqs, websockets,
 long polling, multi cloud, rest or graphql
monitoring: monitor, monitoring, observability, alerting, alarm, metrics, cloudwatch, tracing
testing: ab test, a b test, test coverage, unit test, load test, staging
delivery: ci cd, blue green, canary, roll out, rollout, schema migration
notification: notification, push notification, reminder, sms, text message, notify, alert,
 newsletter
advert: advert, adverts, advertising, ads, ad, sponsor
tax: tax, taxes, vat, customs
currency: currency, currencies, exchange rate, euro, crypto, bitcoin
kyc: kyc, aml, onboarding, onboard, invite
review: review, rating, rate, feedback, comment
helpdesk: customer support, support agent, helpdesk, help desk, support team
accessibility: accessible, accessibility, wcag, screen reader
competitor: competitor, competition, rival
dataexport: export, download my data, excel, csv
console: admin console, back office, backoffice, admin panel
video: video, video call, live stream, streaming video
chatroom: chat, voice chat, chatbot, messaging
recommendation: recommend, recommendation, personalise, personalised, ml, machine learning
appearance: colour, colours, color, dark mode, font, animation, emoji, emojis
passwordreset: reset their password, reset password, forgotten password
loyalty: loyalty, points, coupon, discount, voucher, gift card
collaboration: edit at once, at once edit, same document, same flow, co edit, real time
 collaboration, collaborate, invite colleagues
usagestats: usage statistics, statistics, usage stats
freeplan: free plan, free trial, free tier, trial
offline: offline, no internet, without internet, without network
booking: appointment, book appointments, calendar booking
billing: invoice, pay a bill, bills, billing
prescription: prescription, prescribe, refill
hashtag: hashtag, tag, album, badge, verified
frequency: how often, times a day, frequency, frequently, per day, every day
returns: return, returns, refund policy
shippingcost: shipping cost, shipping costs, postage
disputes: dispute, chargeback
scheduling: meeting, meetings, scheduling, booking, invitee, invitees, attendee, attendees,
 invite, books a meeting, invitation, calendar invite, reschedule
identity: auth, authentication, identity provider, openid, auth system
"""

# Subjects of any question, which say little about what is asked of them.
WEAK_CONCEPTS = frozenset({"size", "users", "tenants", "document", "attachment", "account", "role"})

# Known as topics, so that a question about them is not taken for another; no two words of them
# are the same thing.
UNLINKED_CONCEPTS = frozenset({"tool", "#tool"})
