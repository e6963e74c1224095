import { accept, canvasOf, createBoard, draw, inviteLink, outlineOf } from './board.ts';
import { expect, test, type Visitor } from './fixtures.ts';
import { addressOf, linksTo } from './mail.ts';

const shareOf = async ({ page }: Visitor) => {
  await page.getByRole('button', { name: 'Share' }).click();
  return page.getByRole('dialog', { name: 'Share this room' });
};

test('an owner lowers an editor who is drawing: the tools go, and the page says who did it and what was in vain', async ({
  signUp,
}, info) => {
  const ada = await signUp('Ada');
  await createBoard(ada, 'Steady hands');
  const bob = await signUp('Bob');
  await accept(bob, await inviteLink(ada, 'editor'));
  await draw(bob.page, 'rectangle', [
    { x: 300, y: 250 },
    { x: 460, y: 350 },
  ]);
  await expect.poll(() => outlineOf(ada.page)).toEqual(['Rectangle']);
  const dialog = await shareOf(ada);
  const role = dialog.getByRole('combobox', { name: 'What Bob may do' });
  await expect(role).toHaveValue('editor');

  await bob.page.keyboard.press('p');
  await bob.page.mouse.move(300, 450);
  await bob.page.mouse.down();
  await bob.page.mouse.move(500, 500, { steps: 10 });
  await role.selectOption('viewer');
  const told = bob.page.getByText('Ada changed your role');
  for (let x = 500; !(await told.isVisible()); x = x === 500 ? 520 : 500) await bob.page.mouse.move(x, 520);
  await bob.page.mouse.up();

  await expect(bob.page.getByText('You are looking on. An owner can let you draw.')).toBeVisible();
  await expect(bob.page.getByRole('radio', { name: 'Rectangle' })).toHaveCount(0);
  const notice = bob.page.getByRole('alert').filter({ hasText: 'not applied' });
  await expect(notice).toBeVisible();
  await bob.page.screenshot({ path: info.outputPath('lowered.png') });
  await ada.page.screenshot({ path: info.outputPath('lowering.png') });
  await bob.page.getByRole('button', { name: 'Show which' }).click();
  const list = bob.page.getByRole('dialog', { name: 'Not applied' });
  await expect(list.getByRole('listitem')).toHaveText(['Drawing']);
  await bob.page.keyboard.press('Escape');
  await bob.page.getByRole('button', { name: 'Got it' }).click();
  await expect(notice).toBeHidden();

  await role.selectOption('editor');
  await expect(bob.page.getByText('Ada lets you draw in this room now.')).toBeVisible();
  await draw(bob.page, 'ellipse', [
    { x: 700, y: 250 },
    { x: 860, y: 350 },
  ]);
  await ada.page.keyboard.press('Escape');
  await expect.poll(() => outlineOf(ada.page)).toContain('Ellipse');
});

test('a link that lets one person in, and is taken back with them', async ({ signUp }) => {
  const ada = await signUp('Ada');
  await createBoard(ada, 'One seat');
  const dialog = await shareOf(ada);
  await dialog.getByRole('radio', { name: 'Can view' }).check();
  await dialog.getByRole('combobox', { name: 'It lets in' }).selectOption('1 person');
  await dialog.getByRole('button', { name: 'Create link' }).click();
  const link = await dialog.getByRole('textbox', { name: 'Invitation link' }).inputValue();
  await dialog.getByText('Show it as a QR code').click();
  await expect(dialog.getByRole('img', { name: 'The invitation link as a QR code' })).toBeVisible();
  await ada.page.keyboard.press('Escape');

  const [bob, cleo] = [await signUp('Bob'), await signUp('Cleo')];
  await accept(bob, link);
  await cleo.page.goto(link);
  await expect(cleo.page.getByRole('heading', { level: 1 })).toHaveText('This link does not open anything');

  const again = await shareOf(ada);
  await expect(again.getByText('1 of 1 person came in')).toBeVisible();
  await again.getByRole('button', { name: 'Take back the invitation: Can view' }).click();
  const question = ada.page.getByRole('alertdialog', { name: 'Take this invitation back?' });
  await question.getByRole('button', { name: 'Take back' }).click();
  await expect(bob.page.getByRole('heading', { name: 'Your link was taken back' })).toBeVisible();
  await expect(bob.page.getByText('Ada took it back.')).toBeVisible();
  await expect(again.getByRole('list', { name: 'People with access' }).getByRole('listitem')).toHaveCount(1);
});

test('a room is handed over: its last owner cannot leave before', async ({ signUp }) => {
  const ada = await signUp('Ada');
  await createBoard(ada, 'Handed over');
  const bob = await signUp('Bob');
  await accept(bob, await inviteLink(ada, 'editor'));
  const leave = async () => {
    await ada.page.goto('/rooms');
    await ada.page.getByRole('button', { name: 'Actions for Handed over' }).click();
    await ada.page.getByRole('menuitem', { name: 'Leave' }).click();
    await ada.page.getByRole('button', { name: 'Leave room' }).click();
  };
  await leave();
  await expect(ada.page.getByText('A room keeps an owner: make somebody else one first.')).toBeVisible();
  await ada.page.getByRole('button', { name: 'Stay' }).click();

  await ada.page.goto(bob.page.url());
  await canvasOf(ada.page);
  const dialog = await shareOf(ada);
  await dialog.getByRole('combobox', { name: 'What Bob may do' }).selectOption('owner');
  await expect(bob.page.getByText('Ada made you an owner of this room.')).toBeVisible();
  await leave();
  await expect(ada.page.getByText('You have left “Handed over”.')).toBeVisible();
  await expect(bob.page.getByRole('button', { name: 'Share' })).toBeVisible();
});

test('who has no access asks for it, and is in as soon as an owner says so', async ({ signUp }) => {
  const ada = await signUp('Ada');
  await createBoard(ada, 'Behind a door');
  const bob = await signUp('Bob', { expects: /404/ });
  await bob.page.goto(ada.page.url());
  await expect(bob.page.getByRole('heading', { name: 'This room did not open' })).toBeVisible();
  await bob.page.getByRole('button', { name: 'Ask to be let in' }).click();
  await expect(bob.page.getByText('its owners see now')).toBeVisible();
  const dialog = await shareOf(ada);
  const asking = dialog.getByRole('list', { name: 'Would like to come in' });
  await expect(asking.getByRole('listitem')).toContainText('Bob');
  await asking.getByRole('button', { name: 'May draw' }).click();
  await canvasOf(bob.page);
  await expect(asking).toHaveCount(0);
});

test('the people of a room on a page of their own: an owner changes a role there, a viewer looks on and leaves', async ({
  signUp,
}) => {
  const ada = await signUp('Ada');
  await createBoard(ada, 'Open house');
  const bob = await signUp('Bob');
  await accept(bob, await inviteLink(ada, 'editor'));
  await (await shareOf(ada)).getByRole('link', { name: 'Open as a page' }).click();
  await expect(ada.page.getByRole('heading', { level: 1, name: 'People in Open house' })).toBeFocused();
  const role = ada.page.getByRole('combobox', { name: 'What Bob may do' });
  await expect(role).toHaveValue('editor');
  await role.selectOption('viewer');
  await expect(bob.page.getByText('Ada changed your role')).toBeVisible();

  await bob.page.goto('/rooms');
  await bob.page.getByRole('button', { name: 'Actions for Open house' }).click();
  await bob.page.getByRole('menuitem', { name: 'People' }).click();
  await expect(bob.page.getByRole('heading', { level: 1 })).toHaveText('People in Open house');
  const list = bob.page.getByRole('list', { name: 'People with access' });
  await expect(list.getByRole('listitem')).toHaveText([/Ada.*Owner/, /Bob.*Can view/]);
  await expect(bob.page.getByRole('main').getByRole('combobox')).toHaveCount(0);
  await expect(bob.page.getByRole('main').getByRole('button')).toHaveText(['Leave room']);
  await bob.page.getByRole('button', { name: 'Leave room' }).click();
  await bob.page.getByRole('alertdialog').getByRole('button', { name: 'Leave room' }).click();
  await expect(bob.page.getByRole('heading', { level: 1, name: 'Rooms' })).toBeVisible();

  await expect(ada.page.getByRole('list', { name: 'People with access' }).getByRole('listitem')).toHaveCount(1);
  await ada.page.getByRole('link', { name: 'Back to the room' }).click();
  await canvasOf(ada.page);
});

test('an owner who is elsewhere is mailed that somebody asks, and lets them in on the page that the mail leads to', async ({
  signUp,
}) => {
  const ada = await signUp('Ada');
  await createBoard(ada, 'Far away');
  const address = `${ada.page.url()}/members`;
  await ada.page.goto('/settings');
  const bob = await signUp('Bob', { expects: /404/ });
  await bob.page.goto(address);
  await expect(bob.page.getByRole('heading', { level: 1 })).toHaveText('This room did not open');
  await expect(bob.page.getByRole('main')).toHaveCount(1);
  const email = await addressOf(ada.page);
  await bob.page.getByRole('button', { name: 'Ask to be let in' }).click();
  await expect.poll(() => linksTo(ada.page, email)).toContain(address);
  await ada.page.goto(address);
  const asking = ada.page.getByRole('list', { name: 'Would like to come in' });
  await asking.getByRole('button', { name: 'May view' }).click();
  await expect(ada.page.getByRole('combobox', { name: 'What Bob may do' })).toHaveValue('viewer');
  await expect(bob.page.getByRole('heading', { level: 1 })).toHaveText('People in Far away');
});
