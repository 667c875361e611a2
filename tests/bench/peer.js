// peer.js -- what a user of node would write for the same work, from a JSON file.
//
//     node peer.js TASK FOLDER         TASK: load, query, export or rules
'use strict';

const fs = require('fs');
const [task, folder] = process.argv.slice(2);
const model = JSON.parse(fs.readFileSync(folder + '/model.json', 'utf8'));
const types = new Set(('association company foundation local-authority state school startup ngo ' +
  'federation cooperative network cultural-place artist think-tank citizens other').split(' '));
const named = new Map();
const contributions = [];

function declare(list) {
  for (const one of list) {
    if (named.has(one.name)) throw new Error(one.name);
    named.set(one.name, one);
  }
}

function find(name) {
  const one = named.get(name);
  if (!one) throw new Error(name);
  return one;
}

declare(model.partners);
declare(model.goals);
for (const one of model.partners) {
  if (!types.has(one.type)) throw new Error(one.type);
  for (const given of one.brings || [])
    contributions.push({ partner: one, goal: find(given.for), value: given.value,
      title: given.title });
}
const owners = new Map(model.goals.map((one) => [one, one.owner.map(find)]));
const ends = new Map(model.links.map((one) => [one, [find(one.from), find(one.to)]]));

const says = (one) => one.title.length >= 8;
const sound = {
  partner: (one) => one.type !== undefined,
  goal: (one) => owners.get(one).length > 0,
  brings: (one) => one.value <= 99900,
  link: (one) => ends.get(one)[0] !== ends.get(one)[1],
};

const tasks = {
  load() {
    console.log(model.partners.length + model.goals.length + contributions.length +
      model.links.length);
  },
  query() {
    const total = new Map();
    for (const one of contributions)
      total.set(one.partner.type, (total.get(one.partner.type) || 0) + one.value);
    const rows = [...total].sort((a, b) => b[1] - a[1]).slice(0, 10);
    for (const [kind, sum] of rows) console.log(kind + '\t' + sum);
  },
  export() {
    process.stdout.write(JSON.stringify(model) + '\n');
  },
  rules() {
    let findings = 0;
    const lists = { partner: model.partners, goal: model.goals, brings: contributions,
      link: model.links };
    for (const kind in lists)
      for (const one of lists[kind]) {
        if (!says(one)) findings++;
        if (!sound[kind](one)) findings++;
      }
    console.log(findings);
  },
};

tasks[task]();
