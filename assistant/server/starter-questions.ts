/** Questions that show a newcomer what can be asked. Each is answered by the offline translator. */
export const starterQuestions: readonly string[] = [
  'Which keys have external access and were unused for 90 days?',
  'How many keys are there per region?',
  'Which customer managed keys have rotation disabled?',
  'Which keys were never used?',
  'What are the top 5 concerns?',
  'Which accounts could not be read?',
];
