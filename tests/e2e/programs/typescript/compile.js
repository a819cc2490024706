'use strict';
// Compiles the program: compile.js FOLDER, from the current folder.
const fs = require('fs');
const path = require('path');
const ts = require('typescript');

const to = process.argv[2];
for (const file of fs.readdirSync('.').filter((name) => name.endsWith('.ts'))) {
  const {outputText} = ts.transpileModule(fs.readFileSync(file, 'utf8'), {
    fileName: path.resolve(file),
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
      inlineSourceMap: true,
    },
  });
  fs.writeFileSync(path.join(to, file.replace(/ts$/, 'js')), outputText);
}
