import OpenAI from 'openai';

const openai = new OpenAI();
const places = ['Lisbon', 'Oslo', 'Kyoto', 'Quito', 'Dakar'];

try {
  for (const place of places) {
    const reply = await openai.chat.completions.create({
      model: 'gpt-4.1-mini',
      max_completion_tokens: 60,
      messages: [{ role: 'user', content: `One thing to see in ${place}, in one sentence.` }],
    });
    console.log(`${place}: ${reply.choices[0].message.content}`);
  }
} catch (error) {
  console.log(`That is all for today. ${error.message}`);
}
