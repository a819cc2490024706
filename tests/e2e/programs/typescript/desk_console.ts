import * as util from 'util';
import * as marks from './marks';
import {withConsole} from './sinks';
import {LOST} from './texts';

const LATE = 'order %s is late';

class Desk {
  constructor(readonly owner: string) {}

  tell(user: string): void {
    console.info('told %s by %s', user, this.owner);
  }
}

function note(text: string, ...rest: unknown[]): void {
  console.log(text, ...rest);
}

function shapes(user: string, price: number): void {
  console.log('plain');
  console.log('joined', user, 'end');
  console.info('formatted %s %d', user, price);
  console.warn(`template ${user} and ${price}`);
  console.error(LATE, user);
  console.error(LOST, user);
  console.debug('sum ' + user);
  console.log(user ? 'yes ' + user : 'no one');
  console.log(['a', user].join(', '));
  console.log(util.format('made %s', user));
  let text = 'appended ';
  text += user;
  console.log(text);
  console.log(
      'over lines %s',
      user);
  console.log('back\\slash \x41 \u0042', user);
  console.log("it's " + user);
  console.log('percent 100%% of %s', user);
  console.log(user);
  console.log('a'.concat(' and ', user));
  console.log('owner', new Desk('o-4').owner);
  console.log('cast ' + (user as string));
  console.log(`sure ${user!}`);
  note('wrapped %s', user);
  new Desk('o-4').tell(user);
  process.stderr.write('written ' + user + '\n');
  process.stdout.write(`out ${user}\n`);
}

function run(): void {
  marks.value("new Desk('o-4').owner", 'o-4');
  marks.value('this.owner', 'o-4');
  marks.value('user as string', 'u-17');
  marks.value('(user as string)', 'u-17');
  marks.value('user!', 'u-17');
  for (const text of ['user as string', 'user!']) marks.value(text, '');
  marks.value('user', '');
  withConsole(() => {
    shapes('u-17', 3);
    shapes('', 3);
  });
}

export {run};
